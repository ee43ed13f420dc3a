/** The client's side of logging in (RFC 4252, RFC 4256). Start with {@link io.portolan.sftp.client.internal.auth.ClientAuthHandler} and {@link io.portolan.sftp.client.internal.auth.LoginPlan}. */
@NullMarked
package io.portolan.sftp.client.internal.auth;

import org.jspecify.annotations.NullMarked;
