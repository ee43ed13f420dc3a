/** One transfer, from the agreement on a data connection to the final reply. Start with {@link io.portolan.ftp.client.internal.transfer.DataTransfer}. */
@NullMarked
package io.portolan.ftp.client.internal.transfer;

import org.jspecify.annotations.NullMarked;
