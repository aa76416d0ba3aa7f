# Model SIM, Godley and Lavoie (2007), chapter 3: the textbook equations as sfcr formulas.
library(sfcr)

equations <- sfcr_set(
  TX_s ~ TX_d,
  YD ~ W * N_s - TX_s,
  e3 = C_d ~ alpha1 * YD + alpha2 * H_h[-1],   # consumption
  H_s ~ H_s[-1] + G_d - TX_d,
  H_h ~ H_h[-1] + YD - C_d,
  Y ~ C_s + G_s,
  C_s ~ C_d,
  G_s ~ G_d,
  N_d ~ Y / W,
  N_s ~ N_d,
  TX_d ~ theta * W * N_s
)

external <- sfcr_set(G_d ~ 20, W ~ 1, alpha1 ~ 0.6, alpha2 ~ 0.4, theta ~ 0.2)
initial <- sfcr_set(H_s ~ 80, H_h ~ 80)
model <- sfcr_baseline(equations = equations, external = external, initial = initial, periods = 60)
