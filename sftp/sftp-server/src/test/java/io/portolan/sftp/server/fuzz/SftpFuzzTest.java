package io.portolan.sftp.server.fuzz;

import io.portolan.sftp.server.internal.request.SftpRequestFuzz;
import io.portolan.sftp.server.internal.scp.ScpFuzz;
import io.portolan.testing.fuzz.FuzzContract;
import io.portolan.testing.fuzz.FuzzTarget;
import java.util.stream.Stream;

/** Whatever a client asks for that is logged in, it is answered or its channel ends, and nothing stays open. */
final class SftpFuzzTest extends FuzzContract {

    @Override
    protected Stream<FuzzTarget> targets() {
        return Stream.of(new SftpRequestFuzz(), new ScpFuzz());
    }
}
