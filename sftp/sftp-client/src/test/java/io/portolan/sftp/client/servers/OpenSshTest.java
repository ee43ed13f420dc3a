package io.portolan.sftp.client.servers;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** All of it with OpenSSH. */
final class OpenSshTest extends ForeignServerCase {

    @Override
    ForeignServer startServer() throws Exception {
        return OpenSsh.start();
    }

    /** In each build. */
    @Override
    @TestFactory
    Stream<DynamicTest> movesAFileWithEachCipherAndMacInCommon() throws Exception {
        return super.movesAFileWithEachCipherAndMacInCommon();
    }
}
