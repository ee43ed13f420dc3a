package io.portolan.ftp.server;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.session.SessionInfo;
import java.io.IOException;

/**
 * A SITE command of one's own (RFC 959 §4.1.3): {@code SITE <name> <argument>}. Called on a worker thread, after login only. One that takes longer than
 * {@link FtpTimeouts#files} is answered with 451 in its stead.
 */
public interface SiteCommand {

    /**
     * The command's name.
     *
     * @return letters and digits, in upper case
     */
    String name();

    /**
     * The line in {@code SITE HELP}.
     *
     * @return how it is used, such as {@code QUOTA [user]}
     */
    String syntax();

    /**
     * Carries the command out.
     *
     * @param call what it is about
     * @return the reply; its code should be one of 200, 202, 214, 450, 500, 501, 503, 504, 550
     * @throws IOException if it fails: the reply is then the one that any file command would give
     */
    FtpReply run(Call call) throws IOException;

    /**
     * One call of a SITE command.
     *
     * @param argument what stood behind the name; may be empty
     * @param session the session
     * @param files the session's files
     * @param directory the session's working directory
     */
    record Call(String argument, SessionInfo session, VirtualFileSystem files, VirtualPath directory) {}
}
