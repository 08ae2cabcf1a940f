// The limit to measure by: the plant as a network of queues, in C++, with the same event loop and the same keyed draws.
//
// Departments with people (longest idle first), lines (resumed first, then by priority, then as they came), jobs that
// discover needs after their intake, park and resume, and are right the first time or not; customers and own work as
// Poisson streams; a heap of moments in the order of time, kind and key. It keeps what a queueing model keeps, week by
// week: of departments jobs, waits and hours (offered, in line, at work, staffed), of links requests, answers, delays, and
// where the time of purchases went along the answers that came last. Nobody feels, decides, errs or leaves; no trace.
// Reads a description (see against_cpp.py); writes seconds, then the weeks as they are compared, in binary.
//
//     g++ -O3 -march=native -o network network.cpp && ./network description.txt > weeks

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <initializer_list>
#include <vector>

using Key = std::uint64_t;

static Key derived(Key key, Key purpose, Key occurrence = 0) {
  Key m = key + (purpose + 256 * occurrence) * 0x9E3779B97F4A7C15ULL;
  m = (m ^ (m >> 30)) * 0xBF58476D1CE4E5B9ULL;
  m = (m ^ (m >> 27)) * 0x94D049BB133111EBULL;
  return m ^ (m >> 31);
}
static double uniform(Key key, Key purpose, Key occurrence = 0) {
  return (double(derived(key, purpose, occurrence) >> 12) + 0.5) * 0x1p-52;
}
enum Purpose : Key { HANDLING = 1, NEED = 2, RIGHT = 3, GAP = 8, FRONT = 9, ARRIVAL = 10, REQUEST = 11 };

static double exponential(double mean, double u) { return -mean * std::log1p(-u); }

static double standard_normal(double u) {  // Wichura 1988, AS 241
  double q = u - 0.5;
  if (std::fabs(q) <= 0.425) {
    double r = 0.180625 - q * q;
    double top = ((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r +
                     4.5921953931549871457e4) * r + 1.3731693765509461125e4) * r + 1.9715909503065514427e3) * r +
                  1.3314166789178437745e2) * r + 3.3871328727963666080e0;
    double low = ((((((5.2264952788528545610e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r +
                     2.1213794301586595867e4) * r + 5.3941960214247511077e3) * r + 6.8718700749205790830e2) * r +
                  4.2313330701600911252e1) * r + 1.0;
    return q * top / low;
  }
  double r = std::sqrt(-std::log(q < 0 ? u : 1 - u)), top, low;
  if (r <= 5) {
    r -= 1.6;
    top = ((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r +
              1.27045825245236838258e0) * r + 3.64784832476320460504e0) * r + 5.76949722146069140550e0) * r +
           4.63033784615654529590e0) * r + 1.42343711074968357734e0;
    low = ((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r +
              1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940e0) * r +
           2.05319162663775882187e0) * r + 1.0;
  } else {
    r -= 5;
    top = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r +
              2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580e0) * r +
           5.46378491116411436990e0) * r + 6.65790464350110377720e0;
    low = ((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r +
              7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r +
           5.99832206555887937690e-1) * r + 1.0;
  }
  return q >= 0 ? top / low : -top / low;
}

struct Job;
struct Place { int standing, priority; long order; Job* job; };
struct Need { int link; };
struct DepartmentWeek {
  double offered; long jobs, right; long visits, waits; double waited, waiting_area, busy, staffed;
};
struct LinkWeek { long asked, answered; double delay; long in_time; double purchase_handling, purchase_queueing; };
struct Department {
  int staff; double mean, sigma, intake, right, own_rate; Key own_key; long own_occurrence = 0;
  std::deque<int> idle; std::vector<Place> waiting; std::vector<Need> needs; long places = 0;
  int working = 0; double counted_to = 0; DepartmentWeek week{};
};
struct Link {
  int supplier, customer; Key key; long surely; double perhaps, share; bool blocking; int priority; double acceptable;
  LinkWeek week{};
};
enum Stage { INTAKE, PARKED, REST };
struct Job {
  Key key; int department, link; Job* parent; double asked, hours, rest, joined; int worker, awaited; Stage stage;
  int priority; int holds; Job* critical; double handling, queueing; Job* next;
};
enum What : int { WORKED, OWN, BUYING };
struct Event { double time; Key key; int kind; What what; void* who; };
struct Due { double due; Key key; long occurrence; };

static std::vector<Department> departments;
static std::vector<Link> links;
static std::vector<int> front;
static std::vector<Event> agenda;
static std::vector<Due> due;
static std::deque<Job*> beginning, waking;
static std::vector<DepartmentWeek> department_weeks;
static std::vector<LinkWeek> link_weeks;
static std::vector<long> delivered_weeks;
static long delivered = 0;
static double now, start_time, purchase_rate;
static Job* free_jobs = nullptr;

static bool before(const Event& a, const Event& b) {
  if (a.time != b.time) return a.time < b.time;
  if (a.kind != b.kind) return a.kind < b.kind;
  return a.key < b.key;
}
static void schedule(const Event& event) {
  agenda.push_back(event);
  std::size_t place = agenda.size() - 1;
  while (place > 0) {
    std::size_t above = (place - 1) >> 2;
    if (before(agenda[above], event)) break;
    agenda[place] = agenda[above];
    place = above;
  }
  agenda[place] = event;
}
static Event next_event() {
  Event first = agenda[0], last = agenda.back();
  agenda.pop_back();
  std::size_t count = agenda.size(), place = 0;
  if (count == 0) return first;
  for (;;) {
    std::size_t child = 4 * place + 1;
    if (child >= count) break;
    std::size_t best = child, end = child + 4 < count ? child + 4 : count;
    for (std::size_t other = child + 1; other < end; ++other)
      if (before(agenda[other], agenda[best])) best = other;
    if (!before(agenda[best], last)) break;
    agenda[place] = agenda[best];
    place = best;
  }
  agenda[place] = last;
  return first;
}
static bool due_before(const Due& a, const Due& b) { return a.due < b.due || (a.due == b.due && a.key < b.key); }
static void sift_due(std::size_t place, Due one) {
  for (;;) {
    std::size_t child = 2 * place + 1;
    if (child >= due.size()) break;
    if (child + 1 < due.size() && due_before(due[child + 1], due[child])) ++child;
    if (!due_before(due[child], one)) break;
    due[place] = due[child];
    place = child;
  }
  due[place] = one;
}
static bool place_before(const Place& a, const Place& b) {
  if (a.standing != b.standing) return a.standing < b.standing;
  if (a.priority != b.priority) return a.priority < b.priority;
  return a.order < b.order;
}
static void push_place(std::vector<Place>& heap, Place one) {
  heap.push_back(one);
  std::size_t place = heap.size() - 1;
  while (place > 0 && place_before(one, heap[(place - 1) / 2])) {
    heap[place] = heap[(place - 1) / 2];
    place = (place - 1) / 2;
  }
  heap[place] = one;
}
static Job* pop_place(std::vector<Place>& heap) {
  Job* job = heap[0].job;
  Place last = heap.back();
  heap.pop_back();
  std::size_t place = 0;
  while (!heap.empty()) {
    std::size_t child = 2 * place + 1;
    if (child >= heap.size()) break;
    if (child + 1 < heap.size() && place_before(heap[child + 1], heap[child])) ++child;
    if (!place_before(heap[child], last)) break;
    heap[place] = heap[child];
    place = child;
  }
  if (!heap.empty()) heap[place] = last;
  return job;
}

static Job* new_job(int department, Key key, int link, Job* parent) {
  Job* job = free_jobs;
  if (job) free_jobs = job->next; else job = new Job;
  *job = Job{key, department, link, parent, now, 0, 0, 0, -1, 0, REST, 1, 1, nullptr, 0, 0, nullptr};
  if (link >= 0) { job->priority = links[link].priority; ++links[link].week.asked; }
  if (parent) ++parent->holds;
  beginning.push_back(job);
  return job;
}
static void forget(Job* job) {  // and those that it waited for
  while (job && --job->holds == 0) {
    job->next = free_jobs;
    free_jobs = job;
    job = job->critical;
  }
}
static void count_hours(Department& at) {
  double hours = now - at.counted_to;
  if (hours <= 0) return;
  at.counted_to = now;
  at.week.waiting_area += hours * double(at.waiting.size());
  at.week.busy += hours * at.working;
  at.week.staffed += hours * at.staff;
}
static void toil(Job* job) { schedule({now + job->hours, job->key, 2, WORKED, job}); }
static bool work(Job* job, double hours, int standing) {
  if (hours <= 0) return false;
  job->hours = hours;
  Department& at = departments[job->department];
  if (job->worker < 0) {
    count_hours(at);
    if (at.idle.empty()) {
      job->joined = now;
      push_place(at.waiting, {standing, job->priority, at.places++, job});
      return true;
    }
    job->worker = at.idle.front();
    at.idle.pop_front();
    ++at.working;
    ++at.week.visits;
  }
  toil(job);
  return true;
}
static void lay_down(Job* job) {
  if (job->worker < 0) return;
  Department& at = departments[job->department];
  count_hours(at);
  if (at.waiting.empty()) {
    at.idle.push_back(job->worker);
    --at.working;
  } else {
    Job* other = pop_place(at.waiting);
    ++at.week.visits;
    ++at.week.waits;
    at.week.waited += now - other->joined;
    other->worker = job->worker;
    waking.push_back(other);
  }
  job->worker = -1;
}
static long requests(Job* job, const Link& link) {
  return link.surely + (link.perhaps > 0 && uniform(job->key ^ link.key, NEED) < link.perhaps);
}
static void deliver(const Job* job) {
  ++delivered;
  for (; job; job = job->critical) {
    LinkWeek& week = links[job->link].week;
    week.purchase_handling += job->handling;
    week.purchase_queueing += job->queueing;
  }
}
static void finish(Job* job) {
  Department& at = departments[job->department];
  if (uniform(job->key, RIGHT) >= at.right) std::abort();  // a network in which nobody errs
  lay_down(job);
  ++at.week.jobs;
  ++at.week.right;
  if (job->link >= 0) {
    Link& link = links[job->link];
    double delay = now - job->asked;
    ++link.week.answered;
    link.week.delay += delay;
    link.week.in_time += delay <= link.acceptable;
    if (link.customer < 0) {
      deliver(job);
    } else if (link.blocking && --job->parent->awaited == 0) {
      job->parent->critical = job;
      ++job->holds;
      waking.push_back(job->parent);
    }
  }
  forget(job->parent);
  forget(job);
}
static void go_on(Job* job) {
  if (job->stage == INTAKE) {
    for (const Need& need : departments[job->department].needs) {
      const Link& link = links[need.link];
      long count = requests(job, link);
      for (long occurrence = 0; occurrence < count; ++occurrence) {
        new_job(link.supplier, derived(job->key ^ link.key, REQUEST, occurrence), need.link, job);
        job->awaited += link.blocking;
      }
    }
    if (job->awaited) { lay_down(job); job->stage = PARKED; return; }
    job->stage = REST;
    if (work(job, job->rest, 1)) return;
  }
  finish(job);
}
static void begin(Job* job) {
  Department& at = departments[job->department];
  double hours = at.mean * std::exp(at.sigma * standard_normal(uniform(job->key, HANDLING)) - 0.5 * at.sigma * at.sigma);
  at.week.offered += hours;
  bool needs = false;
  for (const Need& need : at.needs) if (requests(job, links[need.link])) { needs = true; break; }
  double first = needs ? hours * at.intake : hours;
  job->rest = hours - first;
  job->stage = needs ? INTAKE : REST;
  if (!work(job, first, 1)) go_on(job);
}
static void wake(Job* job) {
  if (job->stage == PARKED) {
    job->stage = REST;
    if (!work(job, job->rest, 0)) finish(job);
  } else {
    job->queueing += now - job->joined;
    toil(job);
  }
}
static void end_week() {
  for (Department& one : departments) {
    count_hours(one);
    department_weeks.push_back(one.week);
    one.week = {};
  }
  for (Link& one : links) {
    link_weeks.push_back(one.week);
    one.week = {};
  }
  delivered_weeks.push_back(delivered);
  delivered = 0;
}
static void look_for_purchases() {
  double moment = start_time + due[0].due / purchase_rate;
  schedule({now + (moment > now ? moment - now : 0), due[0].key, 6, BUYING, nullptr});
}
static void purchase() {
  Due one = due[0];
  Key key = derived(one.key, ARRIVAL, one.occurrence);
  double drawn = uniform(key, FRONT), total = 0;
  int chosen = front.back();
  for (int link : front) { total += links[link].share; if (drawn < total) { chosen = link; break; } }
  new_job(links[chosen].supplier, derived(key ^ links[chosen].key, REQUEST), chosen, nullptr);
  one.due += exponential(1.0, uniform(one.key, GAP, one.occurrence + 1));
  ++one.occurrence;
  sift_due(0, one);
  look_for_purchases();
}

static double processor_seconds() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

int main(int, char** arguments) {
  std::FILE* file = std::fopen(arguments[1], "r");
  std::size_t count, link_count, customers;
  double end;
  Key market;
  if (!file || std::fscanf(file, "%zu %zu %zu %lf %lf %lf %lu", &count, &link_count, &customers, &start_time, &end,
                           &purchase_rate, &market) != 7) return 1;
  departments.resize(count);
  for (Department& one : departments) {
    if (std::fscanf(file, "%d %lf %lf %lf %lf %lf %lu", &one.staff, &one.mean, &one.sigma, &one.intake, &one.right,
                    &one.own_rate, &one.own_key) != 7) return 1;
    one.counted_to = start_time;
    for (int person = 0; person < one.staff; ++person) one.idle.push_back(person);
  }
  links.resize(link_count);
  for (std::size_t place = 0; place < link_count; ++place) {
    Link& one = links[place];
    int blocking;
    if (std::fscanf(file, "%d %d %lu %ld %lf %lf %d %d %lf", &one.supplier, &one.customer, &one.key, &one.surely,
                    &one.perhaps, &one.share, &blocking, &one.priority, &one.acceptable) != 9) return 1;
    one.blocking = blocking;
    if (one.customer < 0) front.push_back(int(place)); else departments[one.customer].needs.push_back({int(place)});
  }
  double began = processor_seconds();
  now = start_time;
  std::vector<double> own_due(count);
  for (std::size_t place = 0; place < count; ++place) {
    Department& one = departments[place];
    if (one.own_rate == 0) continue;
    own_due[place] = exponential(1.0, uniform(one.own_key, GAP));
    schedule({now + own_due[place] / one.own_rate, one.own_key, 6, OWN, reinterpret_cast<void*>(place)});
  }
  for (std::size_t place = 0; place < customers; ++place) {
    Key key = derived(market, ARRIVAL, place);
    due.push_back({exponential(1.0, uniform(key, GAP)), key, 0});
  }
  for (std::size_t place = due.size(); place-- > 0;) sift_due(place, due[place]);
  look_for_purchases();
  double week_ends = (std::floor(start_time / 40.0) + 1.0) * 40.0;
  for (;;) {
    if (!beginning.empty()) { Job* job = beginning.front(); beginning.pop_front(); begin(job); continue; }
    if (!waking.empty()) { Job* job = waking.front(); waking.pop_front(); wake(job); continue; }
    while (agenda[0].time >= week_ends && week_ends < end) {
      now = week_ends;
      end_week();
      week_ends += 40.0;
    }
    if (agenda[0].time >= end) break;
    Event event = next_event();
    now = event.time;
    if (event.what == WORKED) {
      Job* job = static_cast<Job*>(event.who);
      job->handling += job->hours;
      go_on(job);
    } else if (event.what == BUYING) {
      purchase();
    } else {
      std::size_t place = reinterpret_cast<std::size_t>(event.who);
      Department& one = departments[place];
      new_job(int(place), derived(one.own_key, REQUEST, one.own_occurrence), -1, nullptr);
      own_due[place] += exponential(1.0, uniform(one.own_key, GAP, ++one.own_occurrence));
      double moment = start_time + own_due[place] / one.own_rate;
      schedule({now + (moment > now ? moment - now : 0), one.own_key, 6, OWN, event.who});
    }
  }
  now = end;
  end_week();
  double seconds = processor_seconds() - began;
  std::fwrite(&seconds, sizeof seconds, 1, stdout);
  auto write = [](std::initializer_list<double> row) { std::fwrite(row.begin(), sizeof(double), row.size(), stdout); };
  for (const DepartmentWeek& w : department_weeks)
    write({w.offered, double(w.jobs), double(w.right), double(w.visits), double(w.waits), w.waited, w.waiting_area,
           w.busy, w.staffed});
  for (const LinkWeek& w : link_weeks)
    write({double(w.asked), double(w.answered), w.delay, double(w.in_time), w.purchase_handling, w.purchase_queueing});
  for (long count_of_week : delivered_weeks) write({double(count_of_week)});
}
