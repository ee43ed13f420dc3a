/**
 * Whom a server trusts: the terms of certificates, {@code authorized_keys}, revocation lists. Parsers and decisions without I/O. Start with
 * {@link io.portolan.ssh.internal.trust.CertificateTerms}.
 */
@NullMarked
package io.portolan.ssh.internal.trust;

import org.jspecify.annotations.NullMarked;
