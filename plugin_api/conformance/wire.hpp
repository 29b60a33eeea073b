#pragma once
/// The wire between a check's host and the plugin: notes the last call, how long each one took, and who is called.

#include "between.hpp"
#include "last_call.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

namespace conformance {

class Wire : public Between {
public:
    using Milliseconds = std::chrono::duration<double, std::milli>;
    struct Took {
        std::string function;
        Milliseconds time;
    };

    /// What a check may listen to; one per process, because a plugin table knows no context. [any]
    struct Ears {
        /// Each call of the channel into the host, before the host gets it; on the caller's stack.
        std::function<void(const char* function)> host_called = {};
        /// Each call of the host that has returned.
        std::function<void(const char* function)> returned = {};

        std::atomic<std::uint64_t> calls_of_host = 0;
        std::mutex mutex = {};
        std::vector<Took> took = {};
        std::vector<std::string> at_once =
            {};  // items offered while one of their conversation waited for settle
    };
    static Ears& ears()
    {
        static auto* const ears = new Ears;
        return *ears;
    }

    channel_status create(const channel_plugin& plugin, channel_str instance, channel_error* error) override
    {
        return called("create", [&] { return Between::create(plugin, instance, error); });
    }
    void destroy() override
    {
        called("destroy", [&] { return Between::destroy(), 0; });
    }
    channel_status configure(const channel_settings* settings, channel_op op, channel_error* error) override
    {
        return called("configure", [&] { return Between::configure(settings, op, error); });
    }
    channel_status start(channel_op op, channel_error* error) override
    {
        {
            const std::lock_guard lock(mutex_);  // what was open has lapsed with the run before
            tokens_.clear();
            conversations_.clear();
        }
        return called("start", [&] { return Between::start(op, error); });
    }
    channel_status stop(int64_t grace_ms, channel_op op, channel_error* error) override
    {
        return called("stop", [&] { return Between::stop(grace_ms, op, error); });
    }
    channel_status
    check(const channel_message* message, channel_capability* answer, channel_error* error) override
    {
        return called("check", [&] { return Between::check(message, answer, error); });
    }
    channel_status send(const channel_message* message, channel_error* error) override
    {
        return called("send", [&] { return Between::send(message, error); });
    }
    channel_status cancel(channel_str client_id, channel_error* error) override
    {
        return called("cancel", [&] { return Between::cancel(client_id, error); });
    }
    void settle(channel_token token, channel_status status, int64_t retry_after_ms) override
    {
        {
            const std::lock_guard lock(mutex_);
            if (const auto found = tokens_.find(token); found != tokens_.end()) {
                conversations_.erase(found->second);
                tokens_.erase(found);
            }
        }
        called("settle", [&] { return Between::settle(token, status, retry_after_ms), 0; });
    }
    channel_status inspect(channel_str topic, const channel_sink* sink, channel_error* error) override
    {
        return called("inspect", [&] { return Between::inspect(topic, sink, error); });
    }
    const void* extension(channel_str id) override
    {
        return called("extension", [&] { return Between::extension(id); });
    }

    int64_t now() override { return heard("now"), Between::now(); }
    uint64_t arm(int64_t due_ms, channel_task task, void* ctx) override
    {
        return heard("arm"), Between::arm(due_ms, task, ctx);
    }
    int32_t disarm(uint64_t timer) override { return heard("disarm"), Between::disarm(timer); }
    channel_status post(channel_task task, void* ctx) override
    {
        return heard("post"), Between::post(task, ctx);
    }
    void log(int32_t level, channel_str code, channel_str text, channel_str fields) override
    {
        heard("log");
        Between::log(level, code, text, fields);
    }
    void health(int32_t level, channel_str code, channel_str text) override
    {
        heard("health");
        Between::health(level, code, text);
    }
    channel_status offer(const channel_item* item, channel_token token, channel_error* error) override
    {
        heard("offer");
        const std::string conversation = text(item->account) + '\n' + text(item->contact);
        {
            const std::lock_guard lock(mutex_);
            if (!conversations_.insert(conversation).second) {
                const std::lock_guard ears_lock(ears().mutex);
                ears().at_once.push_back(text(item->id));
                return Between::offer(item, token, error);
            }
            tokens_[token] = conversation;
        }
        const auto status = Between::offer(item, token, error);
        if (status != CHANNEL_OK) {
            const std::lock_guard lock(mutex_);
            tokens_.erase(token);
            conversations_.erase(conversation);
        }
        return status;
    }
    channel_status report(const channel_report* report, channel_token token, channel_error* error) override
    {
        return heard("report"), Between::report(report, token, error);
    }
    channel_status complete(channel_op op, channel_status status, channel_str result) override
    {
        return heard("complete"), Between::complete(op, status, result);
    }
    const void* host_extension(channel_str id) override
    {
        return heard("extension of the host"), Between::host_extension(id);
    }

private:
    static std::string text(channel_str given)
    {
        return given.size == 0 ? std::string() : std::string(given.data, given.size);
    }

    static void heard(const char* function)
    {
        ++ears().calls_of_host;
        if (ears().host_called)
            ears().host_called(function);
    }

    template <class Call>
    static std::invoke_result_t<Call> called(const char* function, const Call& call)
    {
        note_call(function);
        const auto begin = std::chrono::steady_clock::now();
        const auto result = call();
        const Milliseconds time = std::chrono::steady_clock::now() - begin;
        note_call(std::string("after ") + function);
        {
            const std::lock_guard lock(ears().mutex);
            ears().took.push_back({function, time});
        }
        if (ears().returned)
            ears().returned(function);
        return result;
    }

    std::mutex mutex_;
    std::map<channel_token, std::string> tokens_;  // open offers: their conversation
    std::set<std::string> conversations_;
};

}  // namespace conformance
