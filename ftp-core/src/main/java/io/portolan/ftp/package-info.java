/**
 * FTP's words as values: replies, their codes, and the host-port formats. Start with {@link io.portolan.ftp.FtpReply} and
 * {@link io.portolan.ftp.FtpReplyCode}.
 */
@NullMarked
package io.portolan.ftp;

import org.jspecify.annotations.NullMarked;
