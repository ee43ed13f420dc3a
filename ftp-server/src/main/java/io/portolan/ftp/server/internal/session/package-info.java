/**
 * An FTP session: its states, the order of its commands, and what a command can ask of it. Start with {@code FtpSession} and {@code CommandContext}.
 *
 * <p>All of it belongs to the event loop of the session's control connection; nothing here is locked.
 */
@NullMarked
package io.portolan.ftp.server.internal.session;

import org.jspecify.annotations.NullMarked;
