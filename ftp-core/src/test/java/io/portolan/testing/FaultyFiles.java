package io.portolan.testing;

import io.portolan.fs.VirtualFileSystem;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A file system of which any operation can be made to go wrong, also those of the files, listings and capabilities that it gives. */
public final class FaultyFiles {

    /** What happens instead of an operation, or before it. */
    @FunctionalInterface
    public interface Fault {
        void strike() throws Throwable;
    }

    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final VirtualFileSystem files;

    public FaultyFiles(VirtualFileSystem sound) {
        files = wrap(VirtualFileSystem.class, sound);
    }

    public VirtualFileSystem files() {
        return files;
    }

    /**
     * From now on an operation goes wrong.
     *
     * @param operation such as {@code WritableFile.commit}
     */
    public void make(String operation, Fault fault) {
        faults.put(operation, fault);
    }

    public void heal() {
        faults.clear();
    }

    private <T> T wrap(Class<T> type, Object sound) {
        InvocationHandler handler = (proxy, method, arguments) -> call(type, sound, method, arguments);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private Object call(Class<?> type, Object sound, Method method, Object[] arguments) throws Throwable {
        Fault fault = faults.get(type.getSimpleName() + "." + method.getName());
        if (fault != null) {
            fault.strike();
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
        return ours && result != null ? wrap(returned, result) : result;
    }
}
