package io.portolan.sftp.client.servers;

/** All of it with OpenSSH. */
final class OpenSshTest extends ForeignServerCase {

    @Override
    ForeignServer startServer() throws Exception {
        return OpenSsh.start();
    }
}
