package io.portolan.sftp.client.servers;

/** All of it with Dropbear. */
final class DropbearTest extends ForeignServerCase {

    @Override
    ForeignServer startServer() throws Exception {
        return Dropbear.start();
    }
}
