package io.portolan.examples.standalone.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Does jobs over several connections, one at a time over each. If the server lets in fewer, those do all. */
final class Crew {

    /** Something that needs a connection. */
    interface Job {
        /** Does it, and tells what fails; throws only what ends the command. */
        void run(Connection connection) throws IOException;
    }

    private final Remote remote;
    private final ConcurrentLinkedQueue<Job> jobs;
    private final AtomicReference<@Nullable IOException> end = new AtomicReference<>();

    private Crew(Remote remote, List<? extends Job> jobs) {
        this.remote = remote;
        this.jobs = new ConcurrentLinkedQueue<>(jobs);
    }

    /**
     * Does all of them; the caller's thread is one of those that work.
     *
     * @param connection the first connection, which stays open if it does not break
     */
    static void run(Remote remote, Connection connection, List<? extends Job> jobs, int connections)
            throws IOException {
        new Crew(remote, jobs).run(connection, Math.min(connections, jobs.size()));
    }

    private void run(Connection connection, int connections) throws IOException {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < connections; i++) {
            Thread other = new Thread(this::join, "portolan-transfer-" + i);
            other.setDaemon(true);
            other.start();
            others.add(other);
        }
        try {
            work(connection);
        } catch (IOException e) {
            // the others do what is left, and if they cannot, it is tried below
        }
        if (end.get() != null) {
            others.forEach(Thread::interrupt);
        }
        awaitEnd(others);
        if (!jobs.isEmpty() && end.get() == null) {
            finish(connection);
        }
        IOException failure = end.get();
        if (failure != null) {
            throw failure;
        }
    }

    /** Does what was put back when nobody else was there any more. */
    private void finish(Connection first) throws IOException {
        if (first.isOpen()) {
            work(first);
        } else {
            try (Connection another = remote.connect()) {
                work(another);
            }
        }
    }

    /** One more, with a connection of its own. That it gets none is no failure, as the first one is there. */
    private void join() {
        try (Connection connection = remote.connect()) {
            work(connection);
        } catch (IOException e) {
            // as if it had never come
        }
    }

    /** Works until nothing is left to do. What it throws is that it has got no connection in place of one that broke, and leaves to the others what is left; what ends the command is set as such. */
    private void work(Connection first) throws IOException {
        Connection connection = first;
        try {
            for (Job job = jobs.poll(); job != null && end.get() == null; job = jobs.poll()) {
                if (!connection.isOpen()) {
                    connection = again(connection, first, job);
                }
                run(job, connection);
            }
        } finally {
            if (connection != first) {
                connection.close();
            }
        }
    }

    private void run(Job job, Connection connection) {
        try {
            job.run(connection);
        } catch (IOException e) {
            end.compareAndSet(null, e);
        }
    }

    private Connection again(Connection broken, Connection first, Job job) throws IOException {
        if (broken != first) {
            broken.close();
        }
        try {
            return remote.connect();
        } catch (IOException e) {
            jobs.add(job);
            throw e;
        }
    }

    private void awaitEnd(List<Thread> others) throws InterruptedIOException {
        boolean interrupted = false;
        for (Thread other : others) {
            while (other.isAlive()) {
                try {
                    other.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    others.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted) {
            end.compareAndSet(null, new InterruptedIOException("interrupted"));
        }
    }
}
