package io.portolan.redeploy;

import java.io.File;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** What runs in the JVM of {@link RedeployHarness}. Uses nothing but the JDK. */
public final class RedeployMain {

    private static final long GC_INTERVAL_MILLIS = 50;

    private RedeployMain() {}

    public static void main(String[] args) throws Exception {
        int times = Integer.parseInt(args[1]);
        long patience = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[2]));
        for (int i = 1; i <= times; i++) {
            ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
            Reference<ClassLoader> loader = deploy(args[0], args[3], collected);
            long deadline = System.nanoTime() + patience;
            do {
                if (System.nanoTime() > deadline) {
                    System.out.println("leaked in deployment " + i + ": " + loader.get());
                    Thread.getAllStackTraces().keySet().forEach(System.out::println);
                    System.exit(1);
                }
                System.gc();
            } while (collected.remove(GC_INTERVAL_MILLIS) == null);
        }
    }

    private static Reference<ClassLoader> deploy(
            String application, String classPath, ReferenceQueue<ClassLoader> queue) throws Exception {
        URL[] urls = Arrays.stream(classPath.split(File.pathSeparator))
                .map(RedeployMain::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader("application", urls, ClassLoader.getPlatformClassLoader())) {
            Object instance =
                    loader.loadClass(application).getDeclaredConstructor().newInstance();
            System.out.println(((Callable<?>) instance).call());
            return new WeakReference<>(loader, queue);
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
