/** What sessions of a client share. Start with {@link io.portolan.ftp.client.internal.ClientSettings}. */
@NullMarked
package io.portolan.ftp.client.internal;

import org.jspecify.annotations.NullMarked;
