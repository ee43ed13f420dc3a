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
}
