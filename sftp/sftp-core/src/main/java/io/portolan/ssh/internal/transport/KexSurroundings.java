package io.portolan.ssh.internal.transport;

import io.portolan.core.internal.concurrent.Completion;
import io.portolan.ssh.internal.packet.PacketCipher;
import java.util.concurrent.Callable;

/** What a key exchange needs of the connection. On the event loop only. */
interface KexSurroundings {

    /** Sends a message of the key exchange, ahead of everything that waits for its end. */
    void send(byte[] payload);

    /** Sends our NEWKEYS: what follows goes under these keys. */
    void sendUnder(PacketCipher cipher, boolean resetSequence);

    /** The peer's NEWKEYS has come: what follows comes under these keys. */
    void receiveUnder(PacketCipher cipher, boolean resetSequence);

    /** Computes on a worker, and tells the outcome on the event loop, unless the connection has ended by then. */
    <T> void compute(Callable<T> task, Completion<T> completion);

    /** It cannot go on. */
    void failed(Throwable cause);
}
