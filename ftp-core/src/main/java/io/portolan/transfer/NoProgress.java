package io.portolan.transfer;

import java.util.OptionalLong;

enum NoProgress implements TransferProgress {
    INSTANCE;

    @Override
    public void moved(long octets, OptionalLong total) {
        // nobody wants to know
    }
}
