/**
 * FTP over TLS (RFC 4217), implicit and explicit. Start with {@link io.portolan.ftps.ServerTls}, which a server is given as its security mechanism, and
 * {@link io.portolan.ftps.TlsKeys}, the key and certificate that it shows.
 */
@NullMarked
package io.portolan.ftps;

import org.jspecify.annotations.NullMarked;
