package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/** What the peer may ask of a channel, which depends on who opened it (RFC 4254 section 5.4). */
interface ChannelRequests {

    /** Returns whether the peer gets what it asks for. */
    boolean received(OpenChannel channel, String type, SshReader arguments) throws SshProtocolException;

    /** Whether it is our program that runs in the channel, so that the peer wants to know how it ended. */
    boolean programIsOurs();
}
