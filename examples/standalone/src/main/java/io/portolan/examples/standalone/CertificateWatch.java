package io.portolan.examples.standalone;

import io.portolan.ftps.TlsKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a renewed certificate shown: looks again and again whether the files of {@code --cert} and {@code --key} have changed. It looks rather than be told, since network file systems tell nothing, and since what is watched may
 * be links into a folder that changes, as certbot and Kubernetes lay them out. Files that cannot be used are told of once, and what was shown before stays.
 */
final class CertificateWatch implements AutoCloseable {

    /** Two looks at two files cost nothing; a certificate that has been renewed is shown after two of them. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private final Path certificate;
    private final Path key;
    private final Consumer<TlsKeys> show;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "portolan-certificate");

    private TlsKeys shown;

    /** What was there at the last look. */
    private @Nullable Stamps last;

    /** What has been read, or could not be. */
    private @Nullable Stamps read;

    /** What changes when a file is written or replaced; null for one that is not there. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {

        static @Nullable Stamp of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            } catch (IOException e) {
                LOG.debug("{} cannot be looked at", file, e);
                return null;
            }
        }
    }

    private record Stamps(
            @Nullable Stamp certificate, @Nullable Stamp key) {}

    /**
     * Begins with what is shown already.
     *
     * @param show takes what is to be shown instead
     */
    CertificateWatch(Path certificate, Path key, TlsKeys shown, Consumer<TlsKeys> show) {
        this.certificate = certificate;
        this.key = key;
        this.shown = shown;
        this.show = show;
        thread.setDaemon(true);
    }

    /** Starts to watch what the options name, if that can change: what a shell's {@code <(...)} has given once it gives no more. */
    static Optional<CertificateWatch> start(ServeOptions options, TlsKeys shown, Consumer<TlsKeys> show) {
        Path certificate = options.certificate;
        Path key = options.key;
        if (certificate == null || key == null || !Files.isRegularFile(certificate) || !Files.isRegularFile(key)) {
            return Optional.empty();
        }
        CertificateWatch watch = new CertificateWatch(certificate, key, shown, show);
        watch.thread.start();
        return Optional.of(watch);
    }

    private void run() {
        try {
            while (!closing.await(INTERVAL.toNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("Certificates are not watched any more", e);
        }
    }

    /** Reads the files if they are others than those read last, and the same as at the last look: a certificate and its key are not written at once. */
    void look() {
        Stamps now = new Stamps(Stamp.of(certificate), Stamp.of(key));
        if (now.equals(last) && !now.equals(read)) {
            read = now;
            take();
        }
        last = now;
    }

    private void take() {
        try {
            TlsKeys found = TlsKeys.pem(certificate, key);
            // a certificate belongs to one key, so that this is all there is to compare
            if (!Objects.equals(found.certificates(), shown.certificates())) {
                show.accept(found);
                shown = found;
                LOG.info("{} is shown from now on, SHA-256 {}", certificate, found.fingerprint());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "--cert {}, --key {}: have changed and cannot be used; what was shown before stays: {}",
                    certificate,
                    key,
                    Failures.describe(e));
        }
    }

    /** Returns when nothing more is looked at. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
