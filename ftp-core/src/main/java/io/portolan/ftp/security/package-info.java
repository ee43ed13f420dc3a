/**
 * What FTP's security extensions (RFC 2228) can be asked for. Start with {@link io.portolan.ftp.security.SecurityMechanism}; TLS is one, made by
 * {@code portolan-ftps}.
 */
@NullMarked
package io.portolan.ftp.security;

import org.jspecify.annotations.NullMarked;
