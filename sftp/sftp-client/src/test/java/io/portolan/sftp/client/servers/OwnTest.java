package io.portolan.sftp.client.servers;

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
}
