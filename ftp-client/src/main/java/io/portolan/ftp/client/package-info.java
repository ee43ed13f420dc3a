/**
 * To be an FTP client.
 *
 * <p>Start with {@link io.portolan.ftp.client.FtpClient}, which knows a server, and {@link io.portolan.ftp.client.FtpSession}, a connection to it: asynchronous, and with a
 * {@linkplain io.portolan.ftp.client.FtpSession#blocking() view that blocks}. Results are values; failures are {@link io.portolan.ftp.client.FtpException}s, which carry what the server has said, or of the files here
 * what {@link java.io.IOException} their systems throw. By default connections are passive, transfers binary, names UTF-8, and nothing waits for ever.
 */
@NullMarked
package io.portolan.ftp.client;

import org.jspecify.annotations.NullMarked;
