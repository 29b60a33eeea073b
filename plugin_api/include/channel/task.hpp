#pragma once
/// Something to run once, later: like std::function<void()>, but it may own what cannot be copied.

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace channel {

class Task {
public:
    Task() = default;

    template <class Call>
        requires(!std::same_as<std::remove_cvref_t<Call>, Task>) && std::invocable<std::decay_t<Call>&>
    Task(Call&& call) : body_(std::make_unique<Body<std::decay_t<Call>>>(std::forward<Call>(call)))
    {
    }

    void operator()() { body_->run(); }
    explicit operator bool() const noexcept { return body_ != nullptr; }

private:
    struct Base {
        virtual ~Base() = default;
        virtual void run() = 0;
    };

    template <class Call>
    struct Body final : Base {
        explicit Body(Call call_) : call(std::move(call_)) {}
        void run() override { call(); }
        Call call;
    };

    std::unique_ptr<Base> body_;
};

}  // namespace channel
