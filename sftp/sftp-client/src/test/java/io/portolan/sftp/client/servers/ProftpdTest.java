package io.portolan.sftp.client.servers;

/** All of it with ProFTPD. */
final class ProftpdTest extends ForeignServerCase {

    @Override
    ForeignServer startServer() throws Exception {
        return Proftpd.start();
    }

    @Override
    int newest() {
        return 6;
    }

    /** Asked for a link itself, it tells of what the link points to. */
    @Override
    boolean makesLinks(int version) {
        return false;
    }
}
