/** A session: how it comes about, what it remembers, and who has it when. Start with {@link io.portolan.ftp.client.internal.session.ClientSession}. */
@NullMarked
package io.portolan.ftp.client.internal.session;

import org.jspecify.annotations.NullMarked;
