/** What an application asks of a session, on its event loop: start with {@link io.portolan.sftp.client.internal.session.ClientSession}. */
@NullMarked
package io.portolan.sftp.client.internal.session;

import org.jspecify.annotations.NullMarked;
