package io.portolan.examples.benchmarks.jmh;

import io.portolan.ssh.internal.packet.PacketCipher;
import io.portolan.ssh.internal.packet.SshCipher;
import io.portolan.ssh.internal.packet.SshMac;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to encrypt and protect an SSH packet, and to do so and to verify and decrypt it again: a packet can be opened once only. The ciphers that need a MAC
 * have {@code hmac-sha2-256-etm@openssh.com}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SshPacketBenchmark {

    private static final int LENGTH_FIELD = 4;

    @Param({"AES128_GCM", "AES256_GCM", "CHACHA20_POLY1305", "AES128_CTR", "AES256_CTR"})
    private SshCipher cipher = SshCipher.AES128_GCM;

    /** Octets of the packet: a few names of a listing, and what most clients read at a time. */
    @Param({"1024", "32768"})
    private int size;

    private PacketCipher sealing = PacketCipher.none();
    private PacketCipher opening = PacketCipher.none();
    private byte[] packet = {};
    private byte[] sealed = {};
    private byte[] opened = {};
    private int sequence;

    @Setup
    public void prepare() throws GeneralSecurityException {
        sealing = create();
        opening = create();
        packet = new byte[LENGTH_FIELD + size];
        ByteBuffer.wrap(packet).putInt(0, size);
        sealed = new byte[LENGTH_FIELD + size + sealing.tagLength()];
        opened = new byte[size];
    }

    private PacketCipher create() throws GeneralSecurityException {
        SshMac mac = SshMac.HMAC_SHA2_256_ETM;
        return cipher.create(mac, new byte[cipher.ivLength()], new byte[cipher.keyLength()], new byte[mac.keyLength()]);
    }

    @Benchmark
    public byte[] seal() {
        sequence++;
        sealing.seal(sequence, packet, size, sealed, 0);
        return sealed;
    }

    @Benchmark
    public byte[] sealAndOpen() throws SshProtocolException {
        seal();
        opening.openLength(sequence, sealed);
        opening.open(sequence, sealed, size, opened, 0);
        return opened;
    }
}
