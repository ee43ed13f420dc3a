/**
 * The accounts SPI: who may log in, the same for FTP, FTPS and SFTP.
 *
 * <p>Start with {@link io.portolan.auth.Authenticator}, which decides, and {@link io.portolan.auth.Authenticators}, which has ready-made ones.
 * Without one nobody is let in. Only JDK types appear here.
 */
@NullMarked
package io.portolan.auth;

import org.jspecify.annotations.NullMarked;
