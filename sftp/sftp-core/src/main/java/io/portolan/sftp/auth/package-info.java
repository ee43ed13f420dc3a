/**
 * Logins with SSH keys: what an {@link io.portolan.auth.Authenticator} for SFTP is made of. Only JDK types appear here. Start with
 * {@link io.portolan.sftp.auth.AuthorizedKeys}, and with {@link io.portolan.sftp.auth.LoginRestrictions} for what keys are not good for.
 */
@NullMarked
package io.portolan.sftp.auth;

import org.jspecify.annotations.NullMarked;
