package io.portolan.sftp.client.internal.segment;

import io.portolan.sftp.client.internal.session.ClientSession;
import java.io.IOException;

/** Opens sessions, all of the same login. */
@FunctionalInterface
public interface SegmentConnector {

    /** Opens one; blocks. */
    ClientSession connect() throws IOException;
}
