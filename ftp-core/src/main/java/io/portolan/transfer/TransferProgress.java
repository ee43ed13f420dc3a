package io.portolan.transfer;

import java.util.OptionalLong;

/** Is told how far a transfer has come. */
@FunctionalInterface
public interface TransferProgress {

    /**
     * Some octets more have been moved. Called on a worker thread, after each buffer of up to 256 KiB, by one thread at a time; whoever takes long here slows the transfer down. What it throws fails the transfer.
     *
     * @param octets how many octets of the file have been moved in this transfer, without those that were there before (resume)
     * @param total how many there will have been at the end, if that is known
     */
    void moved(long octets, OptionalLong total);

    /**
     * Nobody wants to know.
     *
     * @return what does nothing
     */
    static TransferProgress none() {
        return NoProgress.INSTANCE;
    }
}
