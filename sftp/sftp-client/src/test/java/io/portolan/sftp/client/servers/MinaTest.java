package io.portolan.sftp.client.servers;

/** All of it with Apache MINA SSHD. */
final class MinaTest extends ForeignServerCase {

    @Override
    ForeignServer startServer() throws Exception {
        return Mina.start();
    }

    @Override
    int newest() {
        return 6;
    }

    /** In version 6 it takes the two names in the other order than the draft has. */
    @Override
    boolean makesLinks(int version) {
        return version < 6;
    }
}
