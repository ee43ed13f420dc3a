/**
 * The check of an FTP server: {@code FtpCheck} takes the {@code Step}s one after the other over a {@code Visit}. On blocking sockets and the JDK's TLS, with one thread of its own that only ends what takes too long: a check
 * sends what a client would not, goes on where a client has to stop, and looks at octets that no codec lets through.
 */
@NullMarked
package io.portolan.ftp.client.internal.check;

import org.jspecify.annotations.NullMarked;
