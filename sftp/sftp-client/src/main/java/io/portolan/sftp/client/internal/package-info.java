/** What all parts of the client share. Start with {@link io.portolan.sftp.client.internal.Untrusted}. */
@NullMarked
package io.portolan.sftp.client.internal;

import org.jspecify.annotations.NullMarked;
