package io.portolan.testing;

import io.portolan.fs.VirtualFileSystem;
import java.io.Closeable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A file system that knows what of it is open, and how often it was asked for anything. */
public final class WatchedFiles {

    private final Map<Object, String> open = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private final VirtualFileSystem files;

    public WatchedFiles(VirtualFileSystem sound) {
        files = wrap(VirtualFileSystem.class, sound);
    }

    public VirtualFileSystem files() {
        return files;
    }

    /** Files and listings that were opened and not closed, each with what has opened it. */
    public Collection<String> open() {
        return open.values();
    }

    /** How often it, or anything that it gave, was used. */
    public long calls() {
        return calls.get();
    }

    private <T> T wrap(Class<T> type, Object sound) {
        InvocationHandler handler = (proxy, method, arguments) -> call(type, sound, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object call(Class<?> type, Object sound, Method method, Object[] arguments) throws Throwable {
        calls.incrementAndGet();
        if (method.getName().equals("close")) {
            open.remove(sound);
        }
        Object result;
        try {
            result = method.invoke(sound, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (result instanceof Optional<?> found && method.getName().equals("capability")) {
            return found.map(capability -> wrap((Class<?>) arguments[0], capability));
        }
        Class<?> returned = method.getReturnType();
        boolean ours = returned.isInterface() && returned.getPackage() == VirtualFileSystem.class.getPackage();
        if (!ours || result == null) {
            return result;
        }
        if (Closeable.class.isAssignableFrom(returned)) {
            open.put(result, type.getSimpleName() + "." + method.getName());
        }
        return wrap(returned, result);
    }
}
