/**
 * What the server's tests share: a client that says exactly what a test wants said, and a server to say it to. Start with {@code ServerFixture} and
 * {@code FtpTestClient}.
 */
package io.portolan.ftp.server.testing;
