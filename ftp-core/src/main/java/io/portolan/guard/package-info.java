/**
 * What keeps an endpoint from being overrun: how many connections there may be, what becomes of those who guess passwords, how fast bytes may flow. The same parts
 * serve FTP, FTPS and SFTP.
 *
 * <p>Start with {@link io.portolan.guard.ConnectionLimits} and {@link io.portolan.guard.LoginGuard}. Only JDK types appear here.
 */
@NullMarked
package io.portolan.guard;

import org.jspecify.annotations.NullMarked;
