package io.portolan.sftp.client.servers;

/** All of it with AsyncSSH. */
final class AsyncSshTest extends ForeignServerCase {

    @Override
    ForeignServer startServer() throws Exception {
        return AsyncSsh.start();
    }

    /** It takes the two names in the other order than OpenSSH from those whose identification it does not know. */
    @Override
    boolean makesLinks(int version) {
        return false;
    }
}
