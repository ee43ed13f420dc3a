/**
 * User authentication, the server's side (RFC 4252, RFC 4256): start with {@link io.portolan.ssh.internal.auth.UserAuthHandler}, and with
 * {@link io.portolan.ssh.internal.auth.UserAuthSettings} for what can be chosen.
 */
@NullMarked
package io.portolan.ssh.internal.auth;

import org.jspecify.annotations.NullMarked;
