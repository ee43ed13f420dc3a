package io.portolan.ssh.internal.connection;

import java.util.Optional;

/** What a session channel may run (RFC 4254 section 6.5). On the event loop only. */
public interface SessionPrograms {

    /** Nothing, whatever is asked for. */
    SessionPrograms NONE = new SessionPrograms() {
        @Override
        public Optional<SshChannelListener> subsystem(String name, SshChannel channel) {
            return Optional.empty();
        }

        @Override
        public Optional<SshChannelListener> exec(String command, SshChannel channel) {
            return Optional.empty();
        }
    };

    /**
     * A subsystem is asked for, once at most for each channel.
     *
     * @return what runs in the channel from now on, or empty to refuse
     */
    Optional<SshChannelListener> subsystem(String name, SshChannel channel);

    /**
     * A command is asked for. There is no shell: it is text to be parsed.
     *
     * @return what runs in the channel from now on, or empty to refuse
     */
    Optional<SshChannelListener> exec(String command, SshChannel channel);
}
