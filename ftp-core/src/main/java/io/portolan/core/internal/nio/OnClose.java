package io.portolan.core.internal.nio;

import java.io.IOException;

/** What is done when something is closed, the first time. */
@FunctionalInterface
interface OnClose {
    void run() throws IOException;
}
