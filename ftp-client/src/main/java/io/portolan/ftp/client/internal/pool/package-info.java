/** What a pool does with sessions. */
@NullMarked
package io.portolan.ftp.client.internal.pool;

import org.jspecify.annotations.NullMarked;
