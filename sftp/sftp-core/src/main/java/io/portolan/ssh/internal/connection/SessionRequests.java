package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A server's answers to what is asked of a session channel (RFC 4254 section 6): one program, a subsystem or a command, and nothing else. Terminals, X11, agents,
 * environment variables and shells are refused.
 */
final class SessionRequests implements ChannelRequests {

    /** Octets of a command: a path as long as paths may be, and options. */
    static final int MAX_COMMAND = 16 * 1024;

    private final SessionPrograms programs;

    SessionRequests(SessionPrograms programs) {
        this.programs = programs;
    }

    @Override
    public boolean received(OpenChannel channel, String type, SshReader arguments) throws SshProtocolException {
        return switch (type) {
            case "subsystem" -> subsystem(channel, arguments);
            case "exec" -> exec(channel, arguments);
            default -> false;
        };
    }

    @Override
    public boolean programIsOurs() {
        return true;
    }

    private boolean subsystem(OpenChannel channel, SshReader arguments) throws SshProtocolException {
        String name = arguments.readName();
        arguments.expectEnd();
        return !channel.hasProgram() && run(channel, programs.subsystem(name, channel));
    }

    private boolean exec(OpenChannel channel, SshReader arguments) throws SshProtocolException {
        byte[] command = arguments.readString(MAX_COMMAND);
        arguments.expectEnd();
        if (channel.hasProgram()) {
            return false;
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(command))
                    .toString();
        } catch (CharacterCodingException e) {
            return false;
        }
        return run(channel, programs.exec(text, channel));
    }

    private static boolean run(OpenChannel channel, Optional<SshChannelListener> program) {
        program.ifPresent(channel::run);
        return program.isPresent();
    }
}
