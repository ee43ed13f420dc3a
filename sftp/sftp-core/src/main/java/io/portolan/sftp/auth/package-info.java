/**
 * Logins with SSH keys: what an {@link io.portolan.auth.Authenticator} for SFTP is made of. Only JDK types appear here. Start with
 * {@link io.portolan.sftp.auth.LoginRestrictions}, which an authenticator attaches to those whom it lets in only to some extent.
 */
@NullMarked
package io.portolan.sftp.auth;

import org.jspecify.annotations.NullMarked;
