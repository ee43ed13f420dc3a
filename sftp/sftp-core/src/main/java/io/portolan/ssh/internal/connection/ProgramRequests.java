package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/** What a server tells about the program that it runs for us (RFC 4254 section 6.10). It may ask for nothing. */
final class ProgramRequests implements ChannelRequests {

    @Override
    public boolean received(OpenChannel channel, String type, SshReader arguments) throws SshProtocolException {
        if (!type.equals("exit-status")) {
            return false;
        }
        long status = arguments.readUint32();
        arguments.expectEnd();
        channel.exited((int) status);
        return true;
    }

    @Override
    public boolean programIsOurs() {
        return false;
    }
}
