/**
 * What a security mechanism does to the connections of a session: the border between FTP's endpoints, which know AUTH, PBSZ, PROT and CCC but no TLS, and
 * {@code portolan-ftps}, which knows TLS and neither endpoint.
 */
@NullMarked
package io.portolan.core.internal.security;

import org.jspecify.annotations.NullMarked;
