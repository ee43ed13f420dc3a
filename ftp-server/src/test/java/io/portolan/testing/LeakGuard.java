package io.portolan.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails a test run in which a buffer was collected before it was released. Netty only writes such a leak into the log, some time later, where nobody looks; and it
 * finds out only when further buffers are made, which at the end of a run they are not. So here all detectors are asked once more, after a collection.
 *
 * <p>A listener of the test plan cannot fail a run, and an extension sees the tests of one engine only; what a session's listener throws at its end reaches the
 * build. Found by the service loader.
 */
public final class LeakGuard implements LauncherSessionListener {

    /** A collection that takes longer does not happen; the leak is then found by the next run, as it is likely to come back. */
    private static final long PATIENCE_MILLIS = 10_000;

    /** Collections before the last look: the first may find references that only the second can clear. */
    private static final int COLLECTIONS = 2;

    private static final Queue<ResourceLeakDetector<?>> DETECTORS = new ConcurrentLinkedQueue<>();
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Detectors());
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        for (int i = 0; i < COLLECTIONS; i++) {
            collect();
            DETECTORS.forEach(LeakGuard::look);
        }
        if (!LEAKS.isEmpty()) {
            throw new AssertionError(LEAKS.size() + " leak(s) in these tests, told above behind \"LEAK:\": " + LEAKS);
        }
    }

    private static void collect() {
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        WeakReference<Object> canary = new WeakReference<>(new Object(), collected);
        System.gc();
        try {
            if (collected.remove(PATIENCE_MILLIS) != canary) {
                System.err.println("LeakGuard: no collection took place");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A detector looks at what was collected whenever it begins to track something. */
    private static <T> void look(ResourceLeakDetector<T> detector) {
        @SuppressWarnings("unchecked") // it is never used as one
        T nothing = (T) new Object();
        ResourceLeakTracker<T> tracker = detector.trackForcibly(nothing);
        if (tracker != null) {
            tracker.close(nothing);
        }
    }

    private static final class Detectors extends ResourceLeakDetectorFactory {
        @Override
        @SuppressWarnings("deprecation") // the one that replaces it is not abstract, and leads here
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval, long maxActive) {
            ResourceLeakDetector<T> detector = new Detector<>(resource, samplingInterval);
            DETECTORS.add(detector);
            return detector;
        }
    }

    private static final class Detector<T> extends ResourceLeakDetector<T> {

        Detector(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            LEAKS.add(resourceType);
            super.reportTracedLeak(resourceType, records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            LEAKS.add(resourceType);
            super.reportUntracedLeak(resourceType);
        }
    }
}
