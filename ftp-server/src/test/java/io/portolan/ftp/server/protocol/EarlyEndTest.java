package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.WritableFile;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import io.portolan.testing.Patience;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that have sent everything and ended their side before the server gets round to reading it. */
@EnabledOnOs(OS.LINUX)
class EarlyEndTest {

    private static final int ANSWERS = 500;

    /** After this much the kernel grants the connection a large window, so that its tail is in the socket when nobody reads. */
    private static final int WRITTEN_FREELY = 62 << 20;

    /** Behind it comes more than an upload may hold unwritten, but no more beyond that than the socket takes. */
    private static final int BEHIND_IT = (1 << 20) + (200 << 10);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger written = new AtomicInteger();
    private ServerFixture server = ServerFixture.inMemory();

    @AfterEach
    void stop() throws Exception {
        gate.countDown();
        server.close();
    }

    private FtpTestClient client(TransportKind kind, String gatedOnFiles, String gatedOnSinks) throws Exception {
        server.close();
        VirtualFileSystem files =
                gated(VirtualFileSystem.class, InMemoryFileSystem.create(), gatedOnFiles, gatedOnSinks);
        server = ServerFixture.serving(
                files,
                settings ->
                        settings.transport(TransportOptions.builder().kind(kind).build()));
        return server.login();
    }

    /** Passes everything on, but has the named method wait at the gate; the files that it opens are treated in the same way. */
    private <T> T gated(Class<T> type, T delegate, String method, String methodOfSinks) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)
                            && !isFree(arguments[0])
                            && !gate.await(Patience.MILLIS, TimeUnit.MILLISECONDS)) {
                        throw new AssertionError("the gate stays shut");
                    }
                    try {
                        Object result = called.invoke(delegate, arguments);
                        return result instanceof WritableFile sink
                                ? gated(WritableFile.class, sink, methodOfSinks, "")
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private boolean isFree(Object argument) {
        return argument instanceof ByteBuffer content && written.addAndGet(content.remaining()) < WRITTEN_FREELY;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private void sendAllThenOpenTheGate(FtpTestClient client, byte[] content) throws Exception {
        TestData data = client.passive();
        client.send("STOR file");
        data.write(content);
        data.close();
        letTheEndArrive(client);
        gate.countDown();
    }

    /** The end is on its way through another loop and another socket: as many answers as these take much longer than that. */
    private static void letTheEndArrive(FtpTestClient client) throws Exception {
        for (int answers = 0; answers < ANSWERS; answers++) {
            client.send("NOOP");
            while (client.reply().code() != 200) {
                // 150 may come in between
            }
        }
    }

    private void expectPublished(FtpTestClient client, byte[] content) throws Exception {
        int code = client.reply().code();
        if (code == 150) {
            code = client.reply().code();
        }
        assertThat(code).isEqualTo(226);
        assertThat(Arrays.equals(server.read("/file"), content)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void anUploadIsWholeWhoseClientWasDoneBeforeTheFileWasOpen(TransportKind kind) throws Exception {
        FtpTestClient client = client(kind, "openWrite", "");
        byte[] content = random(10_000);
        sendAllThenOpenTheGate(client, content);
        expectPublished(client, content);
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void anUploadIsWholeWhoseClientWasDoneWhileTheFileWasBehind(TransportKind kind) throws Exception {
        FtpTestClient client = client(kind, "", "write");
        byte[] content = random(WRITTEN_FREELY + BEHIND_IT);
        sendAllThenOpenTheGate(client, content);
        expectPublished(client, content);
    }

    @ParameterizedTest
    @EnumSource(names = {"EPOLL", "NIO"})
    void aDownloadIsWholeWhoseClientEndedItsOwnSideAtOnce(TransportKind kind) throws Exception {
        FtpTestClient client = client(kind, "openRead", "");
        byte[] content = random(500_000);
        server.write("/file", content);
        TestData data = client.passive();
        client.send("RETR file");
        data.end();
        letTheEndArrive(client);
        gate.countDown();
        client.expect(150);
        assertThat(Arrays.equals(data.readAll(), content)).isTrue();
        client.expect(226);
    }
}
