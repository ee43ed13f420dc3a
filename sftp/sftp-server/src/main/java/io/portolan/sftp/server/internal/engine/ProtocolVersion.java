package io.portolan.sftp.server.internal.engine;

import io.portolan.sftp.internal.SftpMessageNumber;
import org.jspecify.annotations.Nullable;

/** A version of the protocol: which requests there are, and by its number how attributes, names and statuses look. Safe to use from any thread. */
public interface ProtocolVersion {

    /** The number, from 3 to 6. */
    int number();

    /** What serves a message, or null if this version does not have it. */
    @Nullable
    RequestHandler handler(SftpMessageNumber message);
}
