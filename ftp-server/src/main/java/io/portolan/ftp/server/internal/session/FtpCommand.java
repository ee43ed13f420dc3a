package io.portolan.ftp.server.internal.session;

/** What one verb does. Stateless: one instance serves all sessions. */
@FunctionalInterface
public interface FtpCommand {

    /**
     * Begins the command, on the session's event loop; its preconditions hold. Sooner or later it calls {@link CommandContext#reply} once.
     *
     * @param context the session, and where the reply goes
     * @param argument what stood behind the verb; may be empty
     */
    void run(CommandContext context, String argument);
}
