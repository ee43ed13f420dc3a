package io.portolan.core.internal.nio;

import java.io.IOException;

/** What belongs to a file that is open. */
interface OpenEnd {

    /** It was closed, which is told once. */
    void closed() throws IOException;

    /** A failure in the words of {@code java.nio.file}. */
    IOException explained(IOException failure);
}
