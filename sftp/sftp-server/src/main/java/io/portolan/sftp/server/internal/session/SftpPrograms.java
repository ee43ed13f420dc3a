package io.portolan.sftp.server.internal.session;

import io.portolan.fs.FileSystems;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.auth.LoginRestrictions;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.sftp.server.internal.engine.Greeting;
import io.portolan.sftp.server.internal.engine.ServedProgram;
import io.portolan.sftp.server.internal.engine.SftpEngine;
import io.portolan.sftp.server.internal.engine.SftpServices;
import io.portolan.sftp.server.internal.request.StandardGreeting;
import io.portolan.sftp.server.internal.scp.ScpCommand;
import io.portolan.sftp.server.internal.scp.ScpProgram;
import io.portolan.ssh.internal.connection.SessionPrograms;
import io.portolan.ssh.internal.connection.SshChannel;
import io.portolan.ssh.internal.connection.SshChannelListener;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a user may run: SFTP, and scp if it is switched on, over the files that are the user's, and nothing else. */
final class SftpPrograms implements SessionPrograms {

    private static final Greeting GREETING = new StandardGreeting();

    /**
     * No record: to compare two, the JDK would make a method handle of their components' types, and keep it for itself; an application's class loader would live on with it.
     */
    private static final class Running {
        private final SshChannel channel;
        private final ServedProgram program;

        Running(SshChannel channel, ServedProgram program) {
            this.channel = channel;
            this.program = program;
        }

        SshChannel channel() {
            return channel;
        }

        ServedProgram program() {
            return program;
        }
    }

    private final SftpSession session;
    private final @Nullable SftpServices services;
    private final boolean scp;
    private final List<Running> running = new ArrayList<>();
    private @Nullable Runnable whenReleased;
    private boolean takesNoMore;

    SftpPrograms(SftpSession session, VirtualFileSystem files, LoginRestrictions restrictions) {
        this.session = session;
        // A command that is forced is SFTP; a client that asks for another does not get round it.
        this.scp = session.server().config().legacyScp()
                && restrictions.forcedCommand().isEmpty();
        this.services = restrictions.isSftpAllowed()
                ? home(restrictions)
                        .map(home -> services(home, restrictions, files))
                        .orElse(null)
                : null;
    }

    /** Where relative paths begin; empty if what is forced upon the user is no path, so that nothing may run. */
    private static Optional<VirtualPath> home(LoginRestrictions restrictions) {
        try {
            return Optional.of(
                    restrictions.startDirectory().map(VirtualPath::of).orElse(VirtualPath.root()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private SftpServices services(VirtualPath home, LoginRestrictions restrictions, VirtualFileSystem files) {
        SftpServerConfig config = session.server().config();
        return new SftpServices(
                restrictions.isReadOnly() ? FileSystems.readOnly(files) : files,
                home,
                session.server().workers(),
                session.events(),
                config.rateLimit(),
                config.progressInterval(),
                session.server().limits(),
                session.server().policy());
    }

    @Override
    public Optional<SshChannelListener> subsystem(String name, SshChannel channel) {
        SftpServices lent = services;
        if (!name.equals("sftp") || lent == null || takesNoMore) {
            return Optional.empty();
        }
        SftpEngine engine = new SftpEngine(channel, session.allocator(), lent, GREETING);
        return Optional.of(running(channel, engine));
    }

    private SshChannelListener running(SshChannel channel, ServedProgram program) {
        Running entry = new Running(channel, program);
        running.add(entry);
        program.whenReleased(() -> {
            running.remove(entry);
            tellReleased();
        });
        return program;
    }

    @Override
    public Optional<SshChannelListener> exec(String command, SshChannel channel) {
        SftpServices lent = services;
        if (lent == null || !scp || takesNoMore) {
            return Optional.empty();
        }
        return ScpCommand.parse(command).map(copy -> {
            ScpProgram program = new ScpProgram(channel, session.allocator(), lent, copy);
            program.start();
            return running(channel, program);
        });
    }

    /** Whether a request is being worked on. */
    boolean isWorking() {
        return running.stream().anyMatch(program -> program.program().isWorking());
    }

    /** Whether a file is open, or a request not answered. */
    boolean isTransferring() {
        return running.stream().anyMatch(program -> program.program().isTransferring());
    }

    /** Whether there is something that a channel's window or the socket has not taken. */
    boolean hasPending() {
        return running.stream().anyMatch(program -> program.channel().pending() > 0);
    }

    /** The server stops: what runs may end, nothing begins. */
    void takeNoMore() {
        takesNoMore = true;
        running.forEach(entry -> entry.program().takeNoMore());
    }

    /** Is told once when nothing runs any more; the connection is closed by then. */
    void whenReleased(Runnable told) {
        whenReleased = told;
        tellReleased();
    }

    private void tellReleased() {
        Runnable told = whenReleased;
        if (told != null && running.isEmpty()) {
            whenReleased = null;
            told.run();
        }
    }
}
