package io.portolan.sftp.client.servers;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** All of it with our own server. */
final class OwnTest extends ForeignServerCase {

    @Override
    ForeignServer startServer() throws Exception {
        return Own.start();
    }

    @Override
    int newest() {
        return 6;
    }

    /** In each build. */
    @Override
    @TestFactory
    Stream<DynamicTest> movesAFileWithEachCipherAndMacInCommon() throws Exception {
        return super.movesAFileWithEachCipherAndMacInCommon();
    }
}
